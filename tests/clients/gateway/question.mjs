// Two subgraphs as one: ours, and one of a few lines that knows only the codes of municipalities.
import { composeServices } from '@apollo/composition'
import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway'
import { buildSchema, parse } from 'graphql'

const url = process.env.REGIOGRAAF ?? 'http://127.0.0.1:8000/graphql'
const ask = async query => (await fetch(url, {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }),
})).json()

const ours = (await ask('{ _service { sdl } }')).data._service.sdl
const theirs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { waiting: [Waiting!]! }
  type Waiting { days: Int! municipality: Municipality }
  type Municipality @key(fields: "code") { code: String! }
`
const { errors, supergraphSdl, hints } = composeServices([
  { name: 'regiograaf', url, typeDefs: parse(ours) },
  { name: 'waiting', url: 'http://waiting.invalid', typeDefs: parse(theirs) },
])
if (errors) throw new Error(errors.map(error => error.message).join('\n'))

const local = new LocalGraphQLDataSource(buildSchema('type Query { waiting: [Waiting!]! } type Waiting { days: Int! municipality: Municipality } type Municipality { code: String! }'))
local.process = async () => ({
  data: { waiting: [['GM0479', 12], ['GM0358', 30], ['GM9999', 1]].map(([code, days]) => ({ days, municipality: { __typename: 'Municipality', code } })) },
})
const gateway = new ApolloGateway({
  supergraphSdl,
  buildService: ({ name }) => name === 'waiting' ? local : new RemoteGraphQLDataSource({ url }),
})
const { schema, executor } = await gateway.load()
const document = parse('query Waiting { waiting { days municipality { code name uri } } }')
const answer = await executor({
  document, schema, queryHash: 'waiting', operationName: 'Waiting', operation: document.definitions[0], request: { variables: {} }, context: {},
  cache: { get: async () => undefined, set: async () => undefined, delete: async () => undefined }, metrics: {},
})
await gateway.stop()
console.log(JSON.stringify({
  hints: hints.map(hint => hint.definition.code),
  waiting: answer.data.waiting,
  errors: (answer.errors ?? []).map(error => error.extensions.code),
}))
