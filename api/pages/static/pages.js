// What is nicer with a script: an address is copied with one press, and paper shows what is folded away. Nothing needs it.
for (const link of document.querySelectorAll('[data-address]')) {
  link.textContent = link.href
  if (!navigator.clipboard) continue
  const button = document.createElement('button')
  const dutch = document.documentElement.lang === 'nl'
  button.type = 'button'
  button.className = 'rg-copy'
  button.textContent = dutch ? 'Kopieer' : 'Copy'
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(link.href)
    button.textContent = dutch ? 'Gekopieerd' : 'Copied'
  })
  link.after(' ', button)
}

let opened = []
addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('details:not([open])')]
  opened.forEach(details => { details.open = true })
})
addEventListener('afterprint', () => opened.forEach(details => { details.open = false }))
