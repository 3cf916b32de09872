// GraphiQL with the saved questions beside it. `npm run build` makes built/ of this file; what it needs comes along, nothing is fetched.
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { Kind, parse } from 'graphql'
import { createElement as h, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import 'graphiql/style.css'
import './editor.css'
import { fromAddress, language, savedQuestions, variablesOf } from './questions.js'

const WORKERS = { json: 'json', graphql: 'graphql' }
globalThis.MonacoEnvironment = { getWorker: (_, label) => new Worker(`/graphql/pages/built/${WORKERS[label] || 'text'}.worker.js`) }

const LANGUAGE = language()
const WORDS = {
  nl: { title: 'Voorbeeldvragen', plain: 'Antwoorden in zinnen', schema: 'Het schema' },
  en: { title: 'Example questions', plain: 'Answers in sentences', schema: 'The schema' },
}[LANGUAGE]
document.documentElement.lang = LANGUAGE

// GraphiQL learns the operation of a new text some time after the text was set. So each request names one of its own text.
function operationName(query, name) {
  try {
    const names = parse(query).definitions.filter(d => d.kind === Kind.OPERATION_DEFINITION).map(d => d.name?.value)
    return names.includes(name) ? name : names.length === 1 ? names[0] : undefined
  } catch {
    return undefined // the server says what is wrong with the text
  }
}

const send = createGraphiQLFetcher({ url: '/graphql', headers: { accept: 'application/graphql-response+json, application/json;q=0.9' } })
const fetcher = (request, options) => send({ ...request, operationName: operationName(request.query, request.operationName) }, options)

function Icon() {
  return h('svg', { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.5, 'aria-hidden': true },
    h('path', { d: 'M9 9a3 3 0 1 1 4 3c-.7.4-1 .9-1 2m0 3v.01' }), h('circle', { cx: 12, cy: 12, r: 9.5 }))
}

// The first question is answered at once: whoever comes here sees what an answer looks like.
function FirstRun() {
  const ready = useGraphiQL(({ queryEditor, schema }) => Boolean(queryEditor && schema))
  const { run } = useGraphiQLActions()
  useEffect(() => { if (ready) run() }, [ready])
  return null
}

function Questions({ questions }) {
  const { queryEditor, variableEditor } = useGraphiQL(({ queryEditor, variableEditor }) => ({ queryEditor, variableEditor }))
  const { run } = useGraphiQLActions()
  const choose = question => {
    queryEditor.setValue(question.document)
    variableEditor.setValue(variablesOf(question, LANGUAGE))
    run()
  }
  return h('section', { 'aria-labelledby': 'questions-title', className: 'examples' },
    h(FirstRun),
    h('p', null, h('a', { href: '/graphql' }, WORDS.plain), ' · ', h('a', { href: '/schema.graphql' }, WORDS.schema)),
    h('h1', { id: 'questions-title' }, WORDS.title),
    h('ul', null, questions.map(question => h('li', { key: question.name },
      h('button', { type: 'button', onClick: () => choose(question) },
        h('b', null, question[LANGUAGE].title), h('span', null, question[LANGUAGE].description))))))
}

// Whether someone was here before; then the tabs of that visit come back.
function visited() {
  try { return localStorage.getItem('graphiql:tabState') !== null } catch { return false }
}

function firstQuestion(questions) {
  const asked = fromAddress(questions)
  if (asked.query) return asked
  if (visited() || !questions.length) return {}
  return { query: questions[0].document, variables: variablesOf(questions[0], LANGUAGE) }
}

const questions = await savedQuestions().catch(() => [])
const first = firstQuestion(questions)
const panel = { title: WORDS.title, icon: Icon, content: () => h(Questions, { questions }) }

createRoot(document.getElementById('editor')).render(
  h(GraphiQL, {
    fetcher,
    plugins: [panel, HISTORY_PLUGIN],
    initialQuery: first.query,
    initialVariables: first.variables,
    visiblePlugin: panel,
    defaultEditorToolsVisibility: 'variables',
    isHeadersEditorEnabled: false,
  }, h(GraphiQL.Logo, null, h('a', { href: '/graphql', className: 'name' }, 'Regiograaf'))),
)
