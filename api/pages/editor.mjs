// GraphiQL with our questions beside it. `npm run build` makes built/ of this file; what it needs comes along, nothing is fetched.
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { createElement as h, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import 'graphiql/style.css'
import './editor.css'
import { EXAMPLES } from './examples.js'

const WORKERS = { json: 'json', graphql: 'graphql' }
globalThis.MonacoEnvironment = { getWorker: (_, label) => new Worker(`/graphql/pages/built/${WORKERS[label] || 'text'}.worker.js`) }

const questionOf = example => (example.same === undefined ? example : EXAMPLES[example.same]).query
const variablesOf = example => JSON.stringify(example.variables, null, 2)

function Icon() {
  return h('svg', { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.5, 'aria-hidden': true },
    h('path', { d: 'M9 9a3 3 0 1 1 4 3c-.7.4-1 .9-1 2m0 3v.01' }), h('circle', { cx: 12, cy: 12, r: 9.5 }))
}

// Whether someone was here before; then the tabs of that visit come back.
function known() {
  try { return localStorage.getItem('graphiql:tabState') !== null } catch { return false }
}

// The first question is answered at once: whoever comes here sees what an answer looks like.
function Begin() {
  const ready = useGraphiQL(({ queryEditor, schema }) => Boolean(queryEditor && schema))
  const { run } = useGraphiQLActions()
  useEffect(() => { if (ready) run() }, [ready])
  return null
}

function Examples() {
  const { queryEditor, variableEditor } = useGraphiQL(({ queryEditor, variableEditor }) => ({ queryEditor, variableEditor }))
  const { run } = useGraphiQLActions()
  const choose = example => {
    queryEditor.setValue(questionOf(example))
    variableEditor.setValue(variablesOf(example))
    setTimeout(run)
  }
  return h('section', { 'aria-label': 'Voorbeelden', className: 'examples' },
    h(Begin),
    h('h1', null, 'Voorbeelden'),
    h('ul', null, EXAMPLES.map(example => h('li', { key: example.nl },
      h('button', { type: 'button', onClick: () => choose(example) }, h('b', null, example.nl), h('span', { lang: 'en' }, example.en))))),
    h('p', null,
      h('a', { href: '/graphql/plain' }, 'Eenvoudige pagina'), ' · ', h('a', { href: '/schema.graphql' }, 'Schema')))
}

const QUESTIONS = { title: 'Voorbeelden', icon: Icon, content: Examples }
const given = new URLSearchParams(location.search)
const asked = given.get('query') ? { query: given.get('query'), variables: given.get('variables') ?? undefined }
  : known() ? undefined : { query: questionOf(EXAMPLES[0]), variables: variablesOf(EXAMPLES[0]) }
const fetcher = createGraphiQLFetcher({ url: '/graphql', headers: { accept: 'application/graphql-response+json, application/json;q=0.9' } })

createRoot(document.getElementById('editor')).render(
  h(GraphiQL, {
    fetcher,
    plugins: [QUESTIONS, HISTORY_PLUGIN],
    initialQuery: asked?.query,
    initialVariables: asked?.variables,
    visiblePlugin: QUESTIONS,
    defaultEditorToolsVisibility: 'variables',
    isHeadersEditorEnabled: false,
  }, h(GraphiQL.Logo, null, h('a', { href: '/graphql', className: 'name' }, 'Regiograaf'))),
)
