import { cacheExchange, Client, fetchExchange, gql } from '@urql/core'

const client = new Client({
  url: process.env.REGIOGRAAF ?? 'http://127.0.0.1:8000/graphql',
  exchanges: [cacheExchange, fetchExchange],
  preferGetMethod: false,
})

const COVERAGE = gql`
  query Coverage($municipality: Ref!, $function: Ref!, $asOf: Date) {
    coverage(municipality: $municipality, function: $function, asOf: $asOf) { status changesOn }
  }
`

const { data, error } = await client.query(COVERAGE, { municipality: 'Aalsmeer', function: 'dyslexie', asOf: '2023-06-01' })
if (error) throw error
console.log(JSON.stringify(data.coverage))
