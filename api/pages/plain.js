// The plain page: a question, its variables, the answer. Asks nothing of anybody but the server that it came from.
import { EXAMPLES } from './examples.js'

const at = id => document.getElementById(id)
const WORDS = {
  nl: { asking: 'Bezig …', answered: (ms, errors) => errors ? `Antwoord in ${ms} ms, met ${errors} ${errors > 1 ? 'fouten' : 'fout'}.` : `Antwoord in ${ms} ms.`,
        variables: ['De variabelen zijn geen JSON-object.', 'Schrijf bijvoorbeeld {"asOf": "2023-06-01"}.'],
        away: ['De dienst antwoordt niet.', 'Kijk of hij draait en probeer het opnieuw.'], remedy: 'Wat te doen: ', place: 'Plaats: ' },
  en: { asking: 'Asking …', answered: (ms, errors) => errors ? `Answered in ${ms} ms, with ${errors} ${errors > 1 ? 'errors' : 'error'}.` : `Answered in ${ms} ms.`,
        variables: ['The variables are not a JSON object.', 'Write for example {"asOf": "2023-06-01"}.'],
        away: ['The service does not answer.', 'See whether it runs, and try again.'], remedy: 'What to do: ', place: 'Place: ' },
}
let language = 'nl', chosen = null, latest = 0

function speak(to) {
  language = to
  document.documentElement.lang = to
  document.querySelectorAll('[data-nl]').forEach(e => { e.textContent = e.dataset[to] })
  document.querySelectorAll('.language').forEach(b => b.setAttribute('aria-pressed', b.value === to))
  try { localStorage.setItem('regiograaf.language', to) } catch { /* private browsing */ }
}

function choose(example) {
  chosen = example
  const query = (example.same === undefined ? example : EXAMPLES[example.same]).query
  const variables = { ...example.variables, ...(query.includes('$lang') ? { lang: language.toUpperCase() } : {}) }
  at('question').value = query
  at('variables').value = JSON.stringify(variables, null, 2)
  mark()
}

const mark = () => document.querySelectorAll('#examples button').forEach((b, i) => b.setAttribute('aria-pressed', EXAMPLES[i] === chosen))

function element(tag, name, text) {
  const made = document.createElement(tag)
  if (name) made.className = name
  if (text) made.textContent = text
  return made
}

function error(code, sentence, remedy, place) {
  const box = element('div', 'error')
  box.append(element('p', 'code', code), element('p', '', sentence))
  if (place) box.append(element('p', '', WORDS[language].place + place))
  if (remedy) box.append(element('p', '', WORDS[language].remedy + remedy))
  return box
}

// Where in the question an error is: the field by its path, else the line.
const place = e => e.path ? e.path.join(' › ') : (e.locations || []).map(l => `${l.line}:${l.column}`).join(', ')

// What an answer says in sentences, so that it can be read without the braces.
function sentences(value) {
  if (Array.isArray(value)) return value.flatMap(sentences)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, v]) => key === 'explanation' && typeof v === 'string' ? [v] : sentences(v))
}

// A sentence, and below it its footnotes.
function words(text) {
  const box = element('div', 'words')
  box.append(...text.split('\n').map((line, i) => element('p', i ? 'note' : '', line)))
  return box
}

function coloured(json) {
  const out = document.createDocumentFragment(), token = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g
  let from = 0
  for (const m of json.matchAll(token)) {
    out.append(json.slice(from, m.index), element('span', m[2] ? 'k' : m[1] ? 's' : 'n', m[2] ? m[1] : m[0]), m[2] || '')
    from = m.index + m[0].length
  }
  out.append(json.slice(from))
  return out
}

function show(state, errors, told, answer) {
  at('state').textContent = state
  at('told').replaceChildren(...errors, ...told.map(words))
  at('answer').replaceChildren(answer === undefined || answer === null ? '' : coloured(JSON.stringify(answer, null, 2)))
  at('run').removeAttribute('aria-busy')
}

async function run() {
  const number = ++latest, query = at('question').value
  let variables
  try {
    variables = JSON.parse(at('variables').value.trim() || '{}')
    if (variables === null || Array.isArray(variables) || typeof variables !== 'object') throw new Error()
  } catch {
    return show('', [error('BAD_VARIABLES', ...WORDS[language].variables)], [])
  }
  at('run').setAttribute('aria-busy', 'true')
  at('state').textContent = WORDS[language].asking
  history.replaceState(null, '', '?' + new URLSearchParams({ query, variables: JSON.stringify(variables) }))
  const started = performance.now()
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json;q=0.9' },
      body: JSON.stringify({ query, variables }),
    })
    const answer = await response.json()
    if (number !== latest) return // a later question has been asked
    const errors = (answer.errors || []).map(e => error(e.extensions?.code || '', e.message, e.extensions?.remedy, place(e)))
    show(WORDS[language].answered(Math.round(performance.now() - started), errors.length), errors, sentences(answer.data), answer.data)
  } catch {
    if (number === latest) show('', [error('', ...WORDS[language].away)], [])
  }
}

function offer(example) {
  const button = element('button')
  Object.assign(button, { type: 'button', onclick: () => { choose(example); run() } })
  Object.assign(button.dataset, { nl: example.nl, en: example.en })
  if (example.title) button.title = example.title[language]
  const item = element('li')
  item.append(button)
  document.querySelector('#examples ul').append(item)
}

// The saved questions of this server, behind the examples; a list of their own, as a server may answer nothing but them.
async function offerSaved() {
  try {
    const response = await fetch('/graphql/saved.json')
    for (const saved of await response.json()) {
      const name = saved.name.replace(/(?<!^)([A-Z])/g, ' $1')
      const variables = JSON.parse(saved.variables)
      delete variables.lang
      EXAMPLES.push({ nl: name, en: name, title: { nl: saved.nl, en: saved.en }, query: saved.document, variables })
      offer(EXAMPLES[EXAMPLES.length - 1])
    }
    speak(language)
  } catch { /* the examples are there all the same */ }
}

EXAMPLES.forEach(offer)
offerSaved()
document.querySelectorAll('.language').forEach(b => { b.onclick = () => { speak(b.value); if (chosen) choose(chosen); run() } })
document.querySelector('form').onsubmit = event => { event.preventDefault(); run() }
document.addEventListener('keydown', event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run() } })
at('question').addEventListener('input', () => { chosen = null; mark() })

let kept = null
try { kept = localStorage.getItem('regiograaf.language') } catch { /* private browsing */ }
speak(kept === 'en' ? 'en' : 'nl')
const given = new URLSearchParams(location.search), asked = given.get('query') || given.get('q')
if (asked) {
  at('question').value = asked
  at('variables').value = given.get('variables') || '{}'
  mark()
} else {
  choose(EXAMPLES[0])
}
run()
