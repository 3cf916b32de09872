// Clicks through the pages of a running server in a real browser that can reach nothing else; throws at the first thing that is wrong.
// node visits.mjs VISIT ADDRESS BROWSER
import assert from 'node:assert/strict'
import axe from 'axe-core'
import { chromium } from 'playwright-core'

const [visit, address, executablePath] = process.argv.slice(2)
const QUIET = ['quic', 'gpu', 'background-networking', 'component-update', 'sync'].map(name => `--disable-${name}`)
const READY = { timeout: 60_000 }
const answered = page => page.waitForResponse(r => new URL(r.url()).pathname === '/graphql' && asksAQuestion(r.request()), READY)
const asksAQuestion = request => request.method() === 'POST' && !request.postData().includes('IntrospectionQuery')

const VISITS = {
  // GraphiQL: one click on each saved question is one question, of that operation, with data and without an error.
  async editor(page) {
    const first = answered(page)
    await page.goto(`${address}/graphql/editor`)
    await first
    const buttons = page.locator('.examples button')
    const amount = await buttons.count()
    assert.equal(amount, (await (await fetch(`${address}/graphql/saved.json`)).json()).length)
    for (let i = 0; i < amount; i++) {
      const answer = answered(page)
      await buttons.nth(i).click()
      await hasData(await answer, await buttons.nth(i).innerText())
    }
    await page.locator('.examples a', { hasText: 'Antwoorden in zinnen' }).click()
    await page.waitForURL(`${address}/graphql?*`, READY)
    assert.equal(await page.locator('#examples button').count(), amount)
  },

  // The page that answers in sentences: each example answers; no Dutch page has an English title.
  async page(page) {
    const first = answered(page)
    await page.goto(`${address}/graphql`)
    await hasData(await first, 'the first question')
    await page.locator('.words', { hasText: 'Zaanstad' }).waitFor(READY)
    const questions = await (await fetch(`${address}/graphql/saved.json`)).json()
    assert.deepEqual(await page.locator('#examples button').allInnerTexts(), questions.map(q => q.nl.title))
    for (const question of questions) {
      const answer = answered(page)
      await page.getByRole('button', { name: question.nl.title, exact: true }).click()
      await hasData(await answer, question.nl.title)
      assert.equal(await page.locator('#title').innerText(), question.nl.title)
      await page.locator('#run:not([aria-busy])').waitFor(READY)
      if (question.inSentences) assert.ok(await page.locator('.words').count(), question.name)
    }
    await page.locator('details').evaluateAll(parts => parts.forEach(part => { part.open = true }))
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() => globalThis.axe.run())
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), [])
    await page.emulateMedia({ media: 'print' })
    for (const part of ['#examples', '#document', '#run', 'footer']) assert.ok(!await page.locator(part).isVisible(), `${part} is printed`)
    assert.equal(await page.locator('#answer').evaluate(json => getComputedStyle(json).maxHeight), 'none')
    await page.emulateMedia({ media: 'screen' })
    const answer = answered(page)
    await page.getByRole('button', { name: 'English' }).click()
    await hasData(await answer, 'in English')
    assert.deepEqual(await page.locator('#examples button').allInnerTexts(), questions.map(q => q.en.title))
  },

  // A field changes the question; the address is a link to the answer: opened elsewhere and reloaded it shows the same sentence.
  async link(page) {
    await page.goto(`${address}/graphql`)
    await page.locator('.words', { hasText: 'Zaanstad' }).waitFor(READY)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Nederlands' }).click()
    await page.getByLabel('Gemeente').fill('Aalsmeer')
    assert.equal(await page.locator('#title').innerText(), 'Uw vraag')
    await page.getByRole('button', { name: 'Stel de vraag' }).click()
    const sentence = page.locator('.words', { hasText: 'Aalsmeer' })
    await sentence.waitFor(READY)
    const text = await sentence.innerText()
    const other = await (await page.context().browser().newContext({ locale: 'nl-NL' })).newPage()
    await other.goto(page.url())
    for (const again of [() => other.reload(), () => other.goto('about:blank').then(() => other.goBack()), () => null]) {
      await other.locator('.words').waitFor(READY)
      assert.equal(await other.locator('.words').innerText(), text)
      assert.equal(await other.getByLabel('Gemeente').inputValue(), 'Aalsmeer')
      await again()
    }
  },

  // A link with the id of a saved question, and one that cannot be answered: a page each time, never bare JSON.
  async wrong(page) {
    const [first] = await (await fetch(`${address}/graphql/saved.json`)).json()
    await page.goto(`${address}/graphql?` + new URLSearchParams({ documentId: first.documentId, variables: JSON.stringify(first.variables) }))
    await page.locator('.words', { hasText: 'Zaanstad' }).waitFor(READY)
    assert.equal(await page.locator('#title').innerText(), first.nl.title)
    await page.goto(`${address}/graphql?documentId=` + '0'.repeat(64))
    await page.locator('.error', { hasText: 'PERSISTED_QUERY_NOT_FOUND' }).waitFor(READY)
    await page.goto(`${address}/graphql?` + new URLSearchParams({ query: '{ meta { engine } }', dataVersion: 'other' }))
    await page.locator('.error', { hasText: 'OTHER_DATA_VERSION' }).waitFor(READY)
    const misspelt = { ...first.variables, municipality: 'Zaanstadt' }
    await page.goto(`${address}/graphql?` + new URLSearchParams({ query: first.document, variables: JSON.stringify(misspelt) }))
    await page.locator('.error', { hasText: 'Bedoelt u Zaanstad' }).waitFor(READY)
    assert.equal(await page.locator('.error .title').innerText(), 'Dit staat niet in de gegevens')
    assert.ok(!await page.getByText('is not in the data').isVisible()) // what programmers read is folded away
    assert.equal(await page.getByRole('link', { name: 'Naar de pagina’s in gewone taal' }).getAttribute('href'), '/')
    const answer = answered(page)
    await page.getByRole('button', { name: 'English' }).click()
    await answer
    await page.locator('.error .title', { hasText: 'This is not in the data' }).waitFor(READY)
    assert.equal(await page.locator('#pages').getAttribute('href'), '/en')
  },
}

async function hasData(response, name) {
  const { data, errors } = await response.json()
  assert.equal(errors, undefined, `${name}: ${JSON.stringify(errors)}`)
  assert.ok(data, name)
}

const browser = await chromium.launch({
  executablePath, args: ['--no-sandbox', ...QUIET, '--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
})
try {
  for (const width of [1200, 375]) {
    const context = await browser.newContext({ locale: 'nl-NL', viewport: { width, height: 900 } })
    const page = await context.newPage(), wrong = []
    page.on('pageerror', error => wrong.push(String(error)))
    page.on('console', message => { if (message.type() === 'error' && !message.text().includes('status of 4')) wrong.push(message.text()) })
    page.on('requestfailed', r => { if (!r.failure().errorText.includes('ERR_ABORTED')) wrong.push(`${r.url()}: ${r.failure().errorText}`) })
    await VISITS[visit](page)
    const room = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(room <= 0, `the page is ${room} px wider than a window of ${width} px`)
    assert.deepEqual(wrong, [])
    await context.close()
  }
} finally {
  await browser.close()
}
