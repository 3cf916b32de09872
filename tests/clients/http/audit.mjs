// The audit of graphql-http: what the specification of GraphQL over HTTP asks of a server, each point tried.
import { auditServer } from 'graphql-http'

const results = await auditServer({ url: process.env.REGIOGRAAF ?? 'http://127.0.0.1:8000/graphql' })
console.log(JSON.stringify(results.map(({ id, name, status, reason }) => ({ id, name, status, reason }))))
