// Reads the pages for people in a real browser that can reach nothing but the server; throws with all that is wrong.
// node pages.mjs CHECK ADDRESS BROWSER PATH…
import assert from 'node:assert/strict'
import axe from 'axe-core'
import { HtmlValidate } from 'html-validate'
import { chromium } from 'playwright-core'

const [check, address, executablePath, ...paths] = process.argv.slice(2)
const QUIET = ['quic', 'gpu', 'background-networking', 'component-update', 'sync'].map(name => `--disable-${name}`)
const WIDTHS = [360, 768, 1440]
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }
const FOCUSABLE = 'a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'

const CHECKS = {
  // At each width: nothing wrong by axe, nothing wider than the window, nothing from elsewhere, nothing in the console.
  async widths(browser, path) {
    for (const width of WIDTHS) {
      await visit(browser, path, { viewport: { width, height: 900 } }, async page => {
        await fits(page, `${width} px`)
        await page.locator('details').evaluateAll(parts => parts.forEach(part => { part.open = true }))
        await page.evaluate(axe.source)
        const { violations } = await page.evaluate(rules => globalThis.axe.run(document, rules), RULES)
        assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 300)]), [], `axe at ${width} px`)
        await fits(page, `${width} px with all opened`)
      })
    }
  },

  // A window of 1440 px at 200 % is one of 720 px with two dots for each.
  async zoom(browser, path) {
    await visit(browser, path, { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 }, page => fits(page, '200 %'))
  },

  // The markup, by the rules of the HTML standard.
  async markup(browser, path) {
    const validator = new HtmlValidate({
      extends: ['html-validate:standard', 'html-validate:a11y'],
      rules: {
        'no-raw-characters': 'off', 'long-title': 'off', 'require-sri': 'off',
        'prefer-native-element': ['error', { exclude: ['region'] }], // a table that scrolls is a region, and needs no heading
      },
    })
    const { results } = await validator.validateString(await (await fetch(address + path, { headers: { accept: 'text/html' } })).text())
    assert.deepEqual(results.flatMap(r => r.messages).map(m => [m.line, m.ruleId, m.message]), [])
  },

  // With the keyboard alone: each Tab goes to what comes next, and what has the focus is seen to have it.
  async keyboard(browser, path) {
    await visit(browser, path, { viewport: { width: 1440, height: 900 } }, async page => {
      const amount = await page.locator(FOCUSABLE).evaluateAll(all => all.filter(e => e.checkVisibility({ contentVisibilityAuto: true }) || e.matches('.rg-skip')).length)
      const reached = new Set()
      for (let i = 0; i < Math.min(amount, 400); i++) {
        await page.keyboard.press('Tab')
        const seen = await page.evaluate(() => {
          const e = document.activeElement
          if (!e || e === document.body) return null
          const style = getComputedStyle(e), all = [...document.querySelectorAll('*')]
          const drawn = e.closest('svg') ? [...e.querySelectorAll('path, rect, circle, text')].map(part => getComputedStyle(part)) : []
          const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
          const inPicture = drawn.some(part => parseFloat(part.strokeWidth) >= 3 || part.textDecorationLine === 'underline')
          return { at: all.indexOf(e), outline: outline || inPicture, html: e.outerHTML.slice(0, 200) }
        })
        if (!seen) break
        assert.ok(seen.outline, `the focus is not seen on ${seen.html}`)
        assert.ok(!reached.has(seen.at), `the focus is caught at ${seen.html}`)
        reached.add(seen.at)
      }
      assert.ok(reached.size >= Math.min(amount, 400) - 1, `${reached.size} of ${amount} were reached`)
      if (await page.locator('main summary').count()) {
        await page.locator('main summary').first().focus()
        await page.keyboard.press('Enter')
        assert.ok(await page.locator('main details').first().evaluate(d => d.open), 'Enter opens nothing')
      }
    })
  },

  // Without JavaScript the same words are there.
  async noscript(browser, path) {
    const words = async javaScriptEnabled => {
      let text
      await visit(browser, path, { javaScriptEnabled, viewport: { width: 1440, height: 900 } }, async page => { text = await page.locator('main').innerText() })
      return text
    }
    assert.equal(await words(false), await words(true))
  },

  // On paper: A4, what is folded away is open, what is pressed is gone, and the address stands there as text.
  async print(browser, path) {
    await visit(browser, path, { viewport: { width: 1440, height: 900 }, javaScriptEnabled: true }, async page => {
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
    })
  },
}

async function visit(browser, path, options, look) {
  const context = await browser.newContext({ locale: path.startsWith('/en') ? 'en-GB' : 'nl-NL', ...options })
  const page = await context.newPage(), wrong = []
  page.on('pageerror', error => wrong.push(String(error)))
  page.on('console', message => { if (message.type() === 'error') wrong.push(message.text()) })
  page.on('request', r => { if (!r.url().startsWith(address) && !r.url().startsWith('data:')) wrong.push(`asks ${r.url()}`) })
  try {
    const response = await page.goto(address + path)
    assert.equal(response.status(), 200)
    await look(page)
    assert.deepEqual(wrong, [])
  } finally {
    await context.close()
  }
}

async function fits(page, what) {
  const room = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(room <= 0, `the page is ${room} px too wide at ${what}`)
}

const browser = await chromium.launch({
  executablePath, args: ['--no-sandbox', ...QUIET, '--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
})
const wrong = []
for (const path of paths) {
  try {
    await CHECKS[check](browser, path)
  } catch (error) {
    wrong.push(`${path}: ${error.message}`)
  }
}
await browser.close()
if (wrong.length) throw new Error(`\n${wrong.join('\n\n')}`)
