// Makes the pictures of the README from a running server: node tests/clients/browser/pictures.mjs ADDRESS BROWSER
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const [address, executablePath] = process.argv.slice(2)
const FOLDER = fileURLToPath(new URL('../pictures/', import.meta.url))
const MOST_BYTES = 150_000
const PICTURES = {
  dekking: '/dekking?region=zaanstreek-waterland&asOf=2023-06-01',
  kaart: '/kaart?function=dyslexie&region=noord-holland&asOf=2023-06-01',
  netwerk: '/netwerk?ref=contract/zawa-2022&asOf=2023-06-01',
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
for (const [name, path] of Object.entries(PICTURES)) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, locale: 'nl-NL' })
  const response = await page.goto(address + path)
  if (response.status() !== 200) throw new Error(`${path}: ${response.status()}`)
  await page.screenshot({ path: `${FOLDER}${name}.png` })
  const { size } = statSync(`${FOLDER}${name}.png`)
  if (size > MOST_BYTES) throw new Error(`${name}.png has ${size} bytes`)
  console.log(name, size)
}
await browser.close()
