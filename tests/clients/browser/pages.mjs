// Reads the pages for people in a real browser that can reach nothing but the server, and prints as JSON what is wrong, by check.
// Each page is asked of the server once: every check reads that answer again. Several pages are read beside one another.
// node pages.mjs ADDRESS BROWSER PATH…
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import axe from 'axe-core'
import { HtmlValidate } from 'html-validate'
import { chromium } from 'playwright-core'

const [address, executablePath, ...paths] = process.argv.slice(2)
const QUIET = ['quic', 'gpu', 'background-networking', 'component-update', 'sync'].map(name => `--disable-${name}`)
const AT_ONCE = 3, TRIES = 3
const HEIGHT = 900, WIDE = { width: 1440, height: HEIGHT }, WIDTHS = [1440, 768, 360]
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }
const FOCUSABLE = 'a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
const MOST_TABS = 400
const OTHER_THEME = readFileSync(new URL('theme.css', import.meta.url), 'utf8')

const CHECKS = {
  // With the keyboard alone: each Tab goes to what comes next, and what has the focus is seen to have it.
  async keyboard(page) {
    const amount = await page.locator(FOCUSABLE).evaluateAll(all => all.filter(e => e.checkVisibility({ contentVisibilityAuto: true }) || e.matches('.rg-skip')).length)
    await page.evaluate(watchTheFocus)
    for (let i = 0; i < Math.min(amount, MOST_TABS); i++) await page.keyboard.press('Tab')
    const { reached, unseen, caught } = await page.evaluate(() => globalThis.focus_)
    assert.equal(unseen, '', 'the focus is not seen')
    assert.equal(caught, '', 'the focus is caught')
    assert.ok(reached >= Math.min(amount, MOST_TABS) - 1, `${reached} of ${amount} were reached`)
    if (await page.locator('main summary').count()) {
      await page.locator('main summary').first().focus()
      await page.keyboard.press('Enter')
      assert.ok(await page.locator('main details').first().evaluate(d => d.open), 'Enter opens nothing')
    }
  },

  // On paper: A4, what is folded away is open, what is pressed is gone, and the address stands there as text.
  async print(page) {
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    assert.ok(pdf.subarray(0, 5).toString() === '%PDF-')
    assert.match(pdf.toString('latin1'), /MediaBox ?\[ ?0 0 (59[45]|84[12])/, 'the paper is not A4')
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    for (const part of ['header nav', '.rg-search', '.rg-day-form', '.rg-take']) {
      for (const each of await page.locator(part).all()) assert.ok(!await each.isVisible(), `${part} is printed`)
    }
    // The cells of a matrix stay closed: what they say is printed once below it.
    assert.equal(await page.locator('details:not([open], [name=cell])').count(), 0, 'something is folded away on paper')
    const shown = page.locator('[data-address]')
    if (await shown.count()) assert.match(await shown.first().innerText(), /^http:/)
    await page.emulateMedia({ media: null })
  },

  // A window of 1440 px at 200 % is one of 720 px with two dots for each.
  async zoom(page) {
    await page.setViewportSize({ width: 720, height: HEIGHT / 2 })
    await fits(page, '200 %')
  },

  // At each width nothing is wrong by axe, and nothing is wider than the window.
  async widths(page) {
    await page.evaluate(axe.source)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT })
      await page.locator('details').evaluateAll(parts => parts.forEach(part => { part.open = false }))
      await fits(page, `${width} px`)
      await page.locator('details').evaluateAll(parts => parts.forEach(part => { part.open = true }))
      await sound(page, `at ${width} px`)
      await fits(page, `${width} px with all opened`)
    }
  },

  // In the look of another house, of one file, all can be read as well.
  async theme(page) {
    await page.setViewportSize(WIDE)
    await page.addStyleTag({ url: '/theme.css?other' })
    assert.equal(await page.locator('h1').evaluate(e => getComputedStyle(e).color), 'rgb(122, 16, 32)')
    await sound(page, 'in another theme', ['color-contrast', 'link-in-text-block', 'target-size'])
    await fits(page, 'another theme')
  },
}

// Runs in the page: counts what gets the focus until it leaves the page, and keeps the first that is not seen to have it.
function watchTheFocus() {
  const seen = new Set(), found = globalThis.focus_ = { reached: 0, unseen: '', caught: '' }
  let left = false
  addEventListener('focusout', event => { left ||= !event.relatedTarget && seen.size > 0 })
  addEventListener('focusin', ({ target }) => {
    if (left) return
    const style = getComputedStyle(target)
    const drawn = target.closest('svg') ? [...target.querySelectorAll('path, rect, circle, text')].map(part => getComputedStyle(part)) : []
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    const inPicture = drawn.some(part => parseFloat(part.strokeWidth) >= 3 || part.textDecorationLine === 'underline')
    if (!outline && !inPicture) found.unseen ||= target.outerHTML.slice(0, 200)
    if (seen.has(target)) found.caught ||= target.outerHTML.slice(0, 200)
    seen.add(target)
    found.reached = seen.size
  })
}

async function sound(page, where, rules) {
  const options = rules ? { runOnly: rules, resultTypes: ['violations'] } : RULES
  const { violations } = await page.evaluate(chosen => globalThis.axe.run(document, chosen), options)
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 300)]), [], `axe ${where}`)
}

async function fits(page, what) {
  const room = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(room <= 0, `the page is ${room} px too wide at ${what}`)
}

// The markup, by the rules of the HTML standard.
async function markup(text) {
  const validator = new HtmlValidate({
    extends: ['html-validate:standard', 'html-validate:a11y'],
    rules: {
      'no-raw-characters': 'off', 'long-title': 'off', 'require-sri': 'off',
      'prefer-native-element': ['error', { exclude: ['region'] }], // a table that scrolls is a region, and needs no heading
    },
  })
  const { results } = await validator.validateString(text)
  assert.deepEqual(results.flatMap(r => r.messages).map(m => [m.line, m.ruleId, m.message]), [])
}

const wrong = {}
const kept = new Map() // of styles and scripts

async function attempt(check, path, work) {
  wrong[check] ??= []
  try {
    await work()
  } catch (error) {
    wrong[check].push(`${path}: ${error.message}`)
  }
}

// Asks on a connection of its own: one that was kept may be closed by the server at the moment of a question.
async function body(path, accept = '*/*') {
  let response
  for (let again = 0; again < TRIES && response?.statusCode !== 200; again++) {
    if (response) { response.resume(); await setTimeout(2000) } // a machine under load: the server says that it is busy
    ;[response] = await once(get(address + path, { agent: false, headers: { accept } }), 'response')
  }
  assert.equal(response.statusCode, 200, path)
  return { status: 200, headers: response.headers, body: Buffer.concat(await response.toArray()) }
}

// Opens a page whose own address is answered with what was read before; nothing else than styles and scripts of the server may be asked.
async function open(browser, path, answer, options) {
  const context = await browser.newContext({ locale: path.startsWith('/en') ? 'en-GB' : 'nl-NL', viewport: WIDE, ...options })
  const page = await context.newPage(), complaints = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => { if (message.type() === 'error') complaints.push(message.text()) })
  await context.route('**/*', async route => {
    const url = route.request().url(), own = url.slice(address.length)
    if (url.startsWith('data:')) return route.continue()
    if (!url.startsWith(address)) { complaints.push(`asks ${url}`); return route.abort() }
    if (own === path) return route.fulfill(answer)
    if (own === '/theme.css?other') return route.fulfill({ status: 200, contentType: 'text/css', body: OTHER_THEME })
    if (!/^\/(static|theme\.css)/.test(own)) { complaints.push(`asks ${url}`); return route.abort() }
    if (!kept.has(own)) kept.set(own, body(own))
    return route.fulfill(await kept.get(own))
  })
  const response = await page.goto(address + path)
  assert.equal(response.status(), 200)
  return { page, complaints, close: () => context.close() }
}

async function read(browser, path) {
  const answer = await body(path, 'text/html')
  await attempt('markup', path, () => markup(answer.body.toString()))
  const { page, complaints, close } = await open(browser, path, answer, {})
  const words = await page.locator('main').innerText()
  for (const [name, check] of Object.entries(CHECKS)) await attempt(name, path, () => check(page))
  await attempt('alone', path, () => assert.deepEqual(complaints, []))
  await close()
  // Without JavaScript the same words are there.
  await attempt('noscript', path, async () => {
    const still = await open(browser, path, answer, { javaScriptEnabled: false })
    assert.equal(await still.page.locator('main').innerText(), words)
    await still.close()
  })
}

const browser = await chromium.launch({
  executablePath, args: ['--no-sandbox', ...QUIET, '--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
})
const waiting = [...paths]
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let path = waiting.shift(); path; path = waiting.shift()) await attempt('opened', path, () => read(browser, path))
}))
await browser.close()
console.log(JSON.stringify(wrong))
