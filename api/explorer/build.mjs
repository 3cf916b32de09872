// Makes built/: GraphiQL and all that it needs, as files of our own origin. `npm ci --omit=dev && npm run build`.
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('.', import.meta.url))
const outdir = folder + 'built'
const shared = {
  absWorkingDir: folder, outdir, bundle: true, minify: true, target: 'es2022', legalComments: 'linked', logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' }, loader: { '.ttf': 'file' },
}

await rm(outdir, { recursive: true, force: true })
await build({ ...shared, entryPoints: { editor: 'editor.mjs' }, format: 'esm', splitting: true, chunkNames: 'parts/[hash]' })
await build({
  ...shared,
  format: 'iife',
  entryPoints: {
    'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
    'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
    'text.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
  },
})
