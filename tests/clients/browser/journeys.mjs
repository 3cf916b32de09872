// Eight journeys of governance staff, who click and type and read; prints as JSON what they do not find, by journey.
// node journeys.mjs ADDRESS BROWSER
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

const [address, executablePath] = process.argv.slice(2)
const AT_ONCE = 3
const SEVEN = ['Edam-Volendam', 'Landsmeer', 'Oostzaan', 'Purmerend', 'Waterland', 'Wormerland', 'Zaanstad']

const JOURNEYS = {
  async 'my seven municipalities and what they take part in'(page) {
    await search(page, 'Zaanstreek-Waterland')
    await follow(page, 'Zaanstreek-Waterland')
    await on(page, '1-1-2024')
    await reads(page, ...SEVEN, '7 gemeenten', 'Gezamenlijke inkoop dyslexie', 'Een thuis voor Noordje')
    await follow(page, 'Purmerend')
    await reads(page, 'Purmerend op 1 januari 2024', 'Regionaal Expertteam Zaanstreek-Waterland', 'Meerjarige Ontwikkelagenda')
  },

  async 'who leads and who speaks for us'(page) {
    await search(page, 'Zaanstreek-Waterland')
    await follow(page, 'Zaanstreek-Waterland')
    await on(page, '1 januari 2024')
    await row(page, 'Zaanstad', 'Samenwerking landsdeel Noord-Holland', 'mandaat')
    await row(page, 'Purmerend', '42 jeugdzorgregio')
    await follow(page, 'Regionale samenwerking jeugdhulp Zaanstreek-Waterland')
    await reads(page, 'Wie trekt')
  },

  async 'which contract ends first'(page) {
    await search(page, 'Zaanstreek-Waterland')
    await follow(page, 'Zaanstreek-Waterland')
    await on(page, '2024-01-01')
    await reads(page, 'Het eerst eindigt', 'tot en met 31 december 2023', 'Geen bron bevestigt een verlenging')
    await row(page, 'Contracten specialistische jeugdhulp Zaanstreek-Waterland 2022', 'mogelijk verlengd', 'niet bevestigd')
    await menu(page, 'Tijdlijn')
    await reads(page, 'Tijdlijn')
  },

  async 'where dyslexia is not arranged together'(page) {
    await menu(page, 'Dekking')
    await page.getByLabel('Jeugdregio').selectOption({ label: 'Amsterdam-Amstelland' })
    await page.getByRole('button', { name: 'Toon', exact: true }).first().click()
    await on(page, '1-6-2023')
    await cell(page, 'Aalsmeer', 'Dyslexiezorg', 'onbekend')
    await cell(page, 'Amstelveen', 'Dyslexiezorg', 'onbekend')
    await cell(page, 'Diemen', 'Dyslexiezorg', 'geregeld')
    await reads(page, 'Aalsmeer is daarvan uitdrukkelijk uitgezonderd; wie het daar wel levert, zegt geen bron')
  },

  async 'what changed between 2021 and 2022'(page) {
    await menu(page, 'Verschil')
    await page.getByLabel('Van', { exact: true }).fill('31-12-2021')
    await page.getByLabel('Tot en met').fill('2-1-2022')
    await page.getByLabel('Voor wie of wat').fill('Zaanstreek-Waterland')
    await page.getByRole('button', { name: 'Toon het verschil' }).click()
    await reads(page, 'Beemster bestaat sinds 1 januari 2022 niet meer: het ging op in Purmerend', 'zeven gemeenten; daarvoor acht')
    assert.equal((await page.locator('main').innerText()).split('Beemster bestaat').length, 2, 'a merger is told once')
  },

  async 'which sources contradict each other about the certified institutions'(page) {
    await menu(page, 'Tegenspraken')
    await page.getByLabel('Waarover ze verschillen').selectOption({ label: 'aantal' })
    await page.getByRole('button', { name: 'Toon', exact: true }).click()
    await reads(page, 'gecertificeerde instellingen', 'Regiovisie jeugdhulp Zaanstreek-Waterland')
  },

  async 'the matrix on A4'(page) {
    await page.goto(`${address}/dekking?region=zaanstreek-waterland&asOf=2024-01-01`)
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    assert.match(pdf.toString('latin1'), /MediaBox ?\[ ?0 0 (59[45]|84[12])/)
    await page.emulateMedia({ media: 'print' })
    await reads(page, ...SEVEN, 'Wat de tekens betekenen', 'Waar dit staat')
    assert.match(await page.locator('footer').innerText(), /asOf=2024-01-01/)
  },

  async 'other names and codes are found'(page) {
    const found = { IJmond: 'IJmond', Oudeamstel: 'Ouder-Amstel', Noordje: 'Een thuis voor Noordje', GM0370: 'Beemster', BJ42: '42 jeugdzorgregio' }
    for (const [query, name] of Object.entries(found)) {
      await page.goto(address)
      await search(page, query)
      await reads(page, name)
    }
    await search(page, 'GM0370')
    await reads(page, 'Purmerend')
  },
}

async function search(page, query) {
  await page.getByRole('search').first().getByRole('searchbox').fill(query)
  await page.getByRole('search').first().getByRole('button').click()
  await page.waitForURL(/zoeken/)
}

async function follow(page, name) {
  await page.locator('main').getByRole('link', { name, exact: true }).first().click()
  await page.waitForURL(/\/id\//)
}

async function menu(page, name) {
  await page.getByRole('navigation', { name: 'Pagina’s' }).getByRole('link', { name, exact: true }).click()
}

async function on(page, day) {
  await page.getByLabel('Peildatum').fill(day)
  await page.getByRole('button', { name: 'Toon deze dag' }).click()
  await page.waitForURL(/asOf=\d{4}-\d\d-\d\d/)
}

async function reads(page, ...texts) {
  const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ')
  for (const each of texts) assert.ok(text.includes(each), `“${each}” is not on ${page.url()}:\n${text.slice(0, 2000)}`)
}

async function row(page, ...texts) {
  let rows = page.locator('main tr')
  for (const hasText of texts) rows = rows.filter({ hasText })
  assert.ok(await rows.count(), `no row has ${texts.join(', ')} on ${page.url()}`)
}

async function cell(page, ...words) {
  const names = await page.locator('summary[aria-labelledby]').evaluateAll(
    all => all.map(e => e.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id).textContent.trim()).join(' ')),
  )
  assert.ok(names.some(name => words.every(word => name.includes(word))), `no cell is called ${words.join(', ')}:\n${names.join('\n')}`)
}

const browser = await chromium.launch({
  executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
})
const wrong = Object.fromEntries(Object.keys(JOURNEYS).map(journey => [journey, []]))

async function travel(journey) {
  const context = await browser.newContext({ locale: 'nl-NL', viewport: { width: 1366, height: 768 } })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(address)
    await JOURNEYS[journey](page)
  } catch (error) {
    wrong[journey].push(error.message)
  }
  await context.close()
}

const waiting = Object.keys(JOURNEYS)
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  while (waiting.length) await travel(waiting.shift())
}))
await browser.close()
console.log(JSON.stringify(wrong))
