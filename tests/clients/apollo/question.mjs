import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core'

const client = new ApolloClient({
  link: new HttpLink({ uri: process.env.REGIOGRAAF ?? 'http://127.0.0.1:8000/graphql' }),
  cache: new InMemoryCache(),
})

const REGION = gql`
  query Region($municipality: Ref!, $asOf: Date) {
    municipality(ref: $municipality, asOf: $asOf) { id name youthRegion { id name } }
  }
`

// The same municipality on two days. Ids carry the day that was asked for, so the cache keeps two things where there are two.
const ask = asOf => client.query({ query: REGION, variables: { municipality: 'Beemster', asOf } })
const [before, after] = [await ask('2021-12-31'), await ask('2022-01-01')]
const again = await client.query({ query: REGION, variables: { municipality: 'Beemster', asOf: '2021-12-31' }, fetchPolicy: 'cache-only' })

console.log(JSON.stringify({
  before: before.data.municipality, after: after.data.municipality, again: again.data.municipality,
  kept: Object.keys(client.cache.extract()).filter(key => key.startsWith('Municipality')),
}))
