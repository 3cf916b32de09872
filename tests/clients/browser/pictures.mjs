// Makes the pictures of the README from a running server: node tests/clients/browser/pictures.mjs ADDRESS BROWSER
import { readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const [address, executablePath] = process.argv.slice(2)
const FOLDER = fileURLToPath(new URL('../pictures/', import.meta.url))
const MOST_BYTES = 150_000
// The part of a page that is shown; `theme` shows it in the look of another house.
const PICTURES = {
  dekking: { path: '/dekking?region=zaanstreek-waterland&asOf=2023-06-01', part: '.rg-matrix' },
  kaart: { path: '/kaart?function=dyslexie&region=amsterdam-amstelland&asOf=2023-06-01', part: '.rg-figure', width: 900 },
  netwerk: { path: '/netwerk?ref=contract/zawa-2022&asOf=2023-06-01', part: '.rg-figure' },
  huisstijl: { path: '/?asOf=2023-06-01', width: 1100, theme: readFileSync(new URL('theme.css', import.meta.url), 'utf8') },
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
for (const [name, { path, part, theme, width = 1280 }] of Object.entries(PICTURES)) {
  const page = await browser.newPage({ viewport: { width, height: 860 }, locale: 'nl-NL' })
  if (theme) await page.route('**/theme.css', route => route.fulfill({ contentType: 'text/css', body: theme }))
  const response = await page.goto(address + path)
  if (response.status() !== 200) throw new Error(`${path}: ${response.status()}`)
  const file = `${FOLDER}${name}.png`
  await (part ? page.locator(part).first() : page).screenshot({ path: file })
  const { size } = statSync(file)
  if (size > MOST_BYTES) throw new Error(`${name}.png has ${size} bytes`)
  console.log(name, size)
}
await browser.close()
