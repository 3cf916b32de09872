import relay from 'relay-runtime'
import MUNICIPALITIES from './__generated__/questionMunicipalitiesQuery.graphql.js'

const { Environment, fetchQuery, graphql, Network, RecordSource, Store } = relay

async function fetchGraphQL({ text }, variables) {
  const response = await fetch(process.env.REGIOGRAAF ?? 'http://127.0.0.1:8000/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: text, variables }),
  })
  return response.json()
}

const environment = new Environment({ network: Network.create(fetchGraphQL), store: new Store(new RecordSource()) })

// relay-compiler reads this and writes the module that is imported above.
void (() => graphql`
  query questionMunicipalitiesQuery($region: Ref!, $asOf: Date!, $first: Int!, $after: String) {
    municipalities(region: $region, asOf: $asOf, first: $first, after: $after) {
      edges { node { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

const names = []
let after = null
do {
  const { municipalities } = await fetchQuery(environment, MUNICIPALITIES, { region: 'JZ09', asOf: '2021-12-31', first: 3, after }).toPromise()
  names.push(...municipalities.edges.map(edge => edge.node.name))
  after = municipalities.pageInfo.hasNextPage ? municipalities.pageInfo.endCursor : null
} while (after)
console.log(JSON.stringify(names))
