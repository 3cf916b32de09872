// The page that answers in sentences: a question, its details, the answer. Asks nothing of anybody but the server it came from.
import { fromAddress, language, remember, savedQuestions, variablesOf } from './questions.js'

const element = id => document.getElementById(id)
const count = (number, singular, plural) => `${number} ${number === 1 ? singular : plural}`
const WORDS = {
  nl: {
    own: 'Uw vraag', busy: 'Bezig …', answered: (ms, errors) => `Antwoord na ${ms} ms${errors ? `, met ${count(errors, 'fout', 'fouten')}` : ''}.`,
    variables: ['De gegevens zijn geen JSON-object.', 'Schrijf bijvoorbeeld {"asOf": "2023-06-01"}.'],
    away: ['De dienst antwoordt niet.', 'Probeer het over een minuut opnieuw.'],
    place: 'Plaats: ', programmers: code => `Voor programmeurs: ${code}`, candidates: names => `Het kan zijn: ${names.join(', ')}.`,
    nearest: names => `Bedoelt u ${names.join(', ')}?`,
    fields: {
      municipality: 'Gemeente', municipalities: 'Gemeenten, met komma’s ertussen', function: 'Zorg', functions: 'Zorg, met komma’s ertussen',
      region: 'Regio', contract: 'Contract', collaboration: 'Samenwerking', asOf: 'Op welke dag', before: 'Eerste dag', after: 'Tweede dag',
      months: 'Maanden vooruit',
    },
  },
  en: {
    own: 'Your question', busy: 'Asking …', answered: (ms, errors) => `Answered after ${ms} ms${errors ? `, with ${count(errors, 'error', 'errors')}` : ''}.`,
    variables: ['The details are not a JSON object.', 'Write for example {"asOf": "2023-06-01"}.'],
    away: ['The service does not answer.', 'Try again in a minute.'],
    place: 'Place: ', programmers: code => `For programmers: ${code}`, candidates: names => `It can be: ${names.join(', ')}.`,
    nearest: names => `Did you mean ${names.join(', ')}?`,
    fields: {
      municipality: 'Municipality', municipalities: 'Municipalities, separated by commas', function: 'Care', functions: 'Care, separated by commas',
      region: 'Region', contract: 'Contract', collaboration: 'Collaboration', asOf: 'On which day', before: 'First day', after: 'Second day',
      months: 'Months ahead',
    },
  },
}
let spoken = language(), questions = [], chosen = null, latest = 0, pinned = {}

function created(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties)
  node.append(...children)
  return node
}

// ── language and choice ───────────────────────────────────────────────────────────────────────────

function speak(to) {
  spoken = document.documentElement.lang = to
  document.querySelectorAll('[data-en]').forEach(e => { e.dataset.nl ??= e.textContent; e.textContent = e.dataset[to] })
  document.querySelectorAll('.language').forEach(b => b.setAttribute('aria-pressed', b.value === to))
  element('pages').href = to === 'nl' ? '/' : '/en'
  const [sentences, data] = document.querySelectorAll('#examples ul')
  sentences.replaceChildren(...questions.filter(q => q.inSentences).map(offer))
  data.replaceChildren(...questions.filter(q => !q.inSentences).map(offer))
  mark()
  fields()
}

function offer(question) {
  const { title, description } = question[spoken]
  return created('li', {}, created('button', { type: 'button', title: description, textContent: title, onclick: () => pick(question) }))
}

// Says which question is asked: an example, or one of the reader's own.
function mark() {
  document.querySelectorAll('#examples button').forEach((b, i) => b.setAttribute('aria-pressed', questions[i] === chosen))
  element('title').textContent = chosen ? chosen[spoken].title : WORDS[spoken].own
  document.title = chosen ? `${chosen[spoken].title} — Regiograaf` : 'Regiograaf'
}

function choose(question) {
  chosen = question
  pinned = {}
  element('question').value = question.document
  element('variables').value = variablesOf(question, spoken)
  mark()
  fields()
}

function pick(question) {
  choose(question)
  element('title').scrollIntoView({ block: 'nearest' })
  run()
}

function variables() {
  const value = JSON.parse(element('variables').value.trim() || '{}')
  if (value === null || Array.isArray(value) || typeof value !== 'object') throw new TypeError()
  return value
}

function setVariable(name, value) {
  element('variables').value = JSON.stringify({ ...variables(), [name]: value }, null, 2)
}

// ── the details of a question, each with a field ──────────────────────────────────────────────────

function fields() {
  let values = {}
  try { values = variables() } catch { /* run() says so */ }
  const named = Object.entries(WORDS[spoken].fields).filter(([name]) => name in values)
  element('fields').replaceChildren(...named.map(([name, words]) => created('label', {}, words, field(name, values[name]))))
}

function field(name, value) {
  const type = typeof value === 'number' ? 'number' : ['asOf', 'before', 'after'].includes(name) ? 'date' : 'text'
  const input = created('input', { type, name, value: Array.isArray(value) ? value.join(', ') : value ?? '' })
  input.oninput = () => {
    const text = input.value.trim()
    const list = () => text.split(',').map(part => part.trim()).filter(Boolean)
    const read = Array.isArray(value) ? list() : type === 'number' ? input.valueAsNumber : text || null
    setVariable(name, read)
    chosen = null
    mark()
  }
  return input
}

// ── the answer ────────────────────────────────────────────────────────────────────────────────────

function box(title, ...sentences) {
  const lines = sentences.filter(Boolean).map(textContent => created('p', { textContent }))
  return created('div', { className: 'error' }, created('p', { className: 'title', textContent: title }), ...lines)
}

// What programmers read is English: the code, the message and the remedy. It is open where the reader wrote the question.
function forProgrammers({ message, extensions: { code, remedy } }) {
  const lines = [message, remedy].filter(Boolean).map(textContent => created('p', { lang: 'en', textContent }))
  const summary = created('summary', { textContent: WORDS[spoken].programmers(code) })
  return created('details', { open: /^(GRAPHQL|BAD)_/.test(code) }, summary, ...lines)
}

function errorBox(error) {
  const { code, title, text, nearest = [], candidates = [] } = error.extensions
  // Where in the question the error is: the field by its path, else the line.
  const place = error.path ? error.path.join(' › ') : (error.locations || []).map(l => `${l.line}:${l.column}`).join(', ')
  const others = nearest.length ? WORDS[spoken].nearest(nearest) : candidates.length ? WORDS[spoken].candidates(candidates) : ''
  const shown = box(title || code, text, others, place && WORDS[spoken].place + place)
  shown.append(forProgrammers(error))
  return shown
}

// The sentences of an answer, so that it can be read without the braces.
function sentences(value) {
  if (Array.isArray(value)) return value.flatMap(sentences)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, v]) => key === 'explanation' && typeof v === 'string' ? [v] : sentences(v))
}

// A sentence, and below it its footnotes.
const sentenceBox = text => created('div', { className: 'words' },
  ...text.split('\n').map((line, i) => created('p', { className: i ? 'note' : '', textContent: line })))

function coloured(json) {
  const out = document.createDocumentFragment(), token = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g
  let from = 0
  for (const m of json.matchAll(token)) {
    const className = m[2] ? 'k' : m[1] ? 's' : 'n'
    out.append(json.slice(from, m.index), created('span', { className, textContent: m[2] ? m[1] : m[0] }), m[2] || '')
    from = m.index + m[0].length
  }
  out.append(json.slice(from))
  return out
}

function reply(state, errors, data) {
  const words = sentences(data)
  element('state').textContent = state
  element('sentences').replaceChildren(...errors, ...words.map(sentenceBox))
  element('whole').hidden = !data
  element('whole').open = !words.length
  element('answer').replaceChildren(data ? coloured(JSON.stringify(data, null, 2)) : '')
  element('run').removeAttribute('aria-busy')
}

const defined = values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

// A question of one version of the data is asked by GET: only an address can name a version.
function request({ variables, ...asked }, address) {
  const asking = { accept: 'application/graphql-response+json, application/json;q=0.9', 'accept-language': spoken }
  if (asked.dataVersion) return fetch('/graphql?' + address, { headers: asking })
  const headers = { 'content-type': 'application/json', ...asking }
  return fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ ...asked, variables }) })
}

async function run() {
  const number = ++latest, query = element('question').value
  let asked
  try {
    asked = defined({ ...pinned, ...(query ? { query, documentId: undefined } : {}), variables: variables() })
  } catch {
    return reply('', [box(...WORDS[spoken].variables)], null)
  }
  element('run').setAttribute('aria-busy', 'true')
  element('state').textContent = WORDS[spoken].busy
  const address = new URLSearchParams({ ...asked, variables: JSON.stringify(asked.variables) })
  history.replaceState(null, '', '?' + address)
  element('editor').href = '/graphql/editor?' + address
  const started = performance.now()
  try {
    const answer = await (await request(asked, address)).json()
    if (number !== latest) return // a later question has been asked
    const errors = (answer.errors || []).map(errorBox)
    reply(WORDS[spoken].answered(Math.round(performance.now() - started), errors.length), errors, answer.data)
  } catch {
    if (number === latest) reply('', [box(...WORDS[spoken].away)], null)
  }
}

// ── the start ─────────────────────────────────────────────────────────────────────────────────────

function edited() {
  chosen = null
  mark()
  fields()
}

function translate(to) {
  remember(to)
  try { if ('lang' in variables()) setVariable('lang', to.toUpperCase()) } catch { /* run() says so */ }
  speak(to)
  run()
}

// The example that an address asks, if it is one.
function exampleOf(query) {
  const plain = values => JSON.stringify(Object.entries({ ...values, lang: '' }).sort())
  try { return questions.find(q => q.document === query && plain(q.variables) === plain(variables())) || null } catch { return null }
}

document.querySelectorAll('.language').forEach(b => { b.onclick = () => translate(b.value) })
document.querySelector('form').onsubmit = event => { event.preventDefault(); run() }
document.addEventListener('keydown', event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run() } })
element('question').oninput = () => { pinned = {}; edited() }
element('variables').oninput = edited

questions = await savedQuestions().catch(() => [])
const { query, variables: details, documentId, operationName, dataVersion } = fromAddress(questions)
if (query || documentId) {
  pinned = { documentId, operationName, dataVersion }
  element('question').value = query || ''
  element('variables').value = details || '{}'
  chosen = exampleOf(query)
} else if (questions.length) {
  choose(questions[0])
}
speak(spoken)
run()
