// The questions that both pages offer, which are the saved questions of this server, and the language in which they are shown.
const KEY = 'regiograaf.language'

export async function savedQuestions() {
  const response = await fetch('/graphql/saved.json')
  if (!response.ok) throw new Error(response.statusText)
  return response.json()
}

export function variablesOf(question, language) {
  const variables = { ...question.variables }
  if ('lang' in variables) variables.lang = language.toUpperCase()
  return JSON.stringify(variables, null, 2)
}

// The language that was chosen last; at a first visit Dutch, unless the browser reads no Dutch.
export function language() {
  try {
    const chosen = localStorage.getItem(KEY)
    if (chosen === 'nl' || chosen === 'en') return chosen
  } catch { /* private browsing */ }
  return navigator.languages.some(l => l.startsWith('nl')) ? 'nl' : 'en'
}

export function remember(language) {
  try { localStorage.setItem(KEY, language) } catch { /* private browsing */ }
}

// What the address of a page asks: a text, or a saved question by its id, with its variables as JSON text.
export function fromAddress(questions) {
  const address = Object.fromEntries(new URLSearchParams(location.search))
  const id = address.documentId?.toLowerCase()
  const query = address.query || questions.find(q => id && q.documentId.endsWith(id.replace('sha256:', '')))?.document
  return { ...address, query }
}
