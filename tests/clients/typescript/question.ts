import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada'
import { print } from 'graphql'
import type { introspection } from './graphql-env.d.ts'

const graphql = initGraphQLTada<{ introspection: introspection; scalars: { Date: string; Ref: string } }>()

const COVERAGE = graphql(`
  query Coverage($municipality: Ref!, $function: Ref!, $asOf: Date) {
    coverage(municipality: $municipality, function: $function, asOf: $asOf) {
      status
      changesOn
    }
  }
`)

const variables: VariablesOf<typeof COVERAGE> = { municipality: 'Aalsmeer', function: 'dyslexie', asOf: '2023-06-01' }
const response = await fetch(process.env.REGIOGRAAF ?? 'http://127.0.0.1:8000/graphql', {
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
  body: JSON.stringify({ query: print(COVERAGE), variables }),
})
const { data } = (await response.json()) as { data: ResultOf<typeof COVERAGE> }
if (!data.coverage) throw new Error('the reference leads nowhere: see errors')
const until: string | null = data.coverage.changesOn // a compiler that knows the schema knows this
console.log(JSON.stringify({ status: data.coverage.status, until }))
