import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const server = `http://127.0.0.1:${process.env['PORT'] ?? 4400}`

const proxied = { target: server, changeOrigin: true, headers: { origin: server } }

/**
 * One configuration for three jobs: `vite build` makes the designer, `vite build --mode engine` the
 * server and the command line, `vitest` runs the tests.
 */
export default defineConfig(({ mode }) => {
  if (mode === 'engine')
    return {
      build: {
        ssr: true,
        target: 'node20',
        outDir: here('dist/engine'),
        emptyOutDir: true,
        minify: false,
        rollupOptions: {
          input: {
            cli: here('engine/cli/main.ts'),
            worker: here('engine/adapters/workers/worker.ts'),
          },
        },
      },
    }
  return {
    root: mode === 'test' ? here('.') : here('designer'),
    plugins: [react()],
    worker: { format: 'es' as const },
    build: {
      outDir: here('dist/designer'),
      emptyOutDir: true,
      chunkSizeWarningLimit: 4000,
      manifest: true,
    },
    server: {
      host: '127.0.0.1',
      // `/api/` alone is the designer's own folder of modules. The server answers only pages of its own origin.
      proxy: { '/api/v1': proxied, '/socket.io': { ...proxied, ws: true } },
    },
    test: {
      // Only against what hangs: a busy machine may be many times slower.
      testTimeout: 120_000,
      hookTimeout: 60_000,
      projects: [
        {
          extends: true as const,
          test: {
            name: 'unit',
            setupFiles: [here('test/seed.ts')],
            include: ['{engine,nodes,models,designer,templates,test}/**/*.test.{ts,tsx}'],
            exclude: ['test/e2e/**'],
          },
        },
        {
          extends: true as const,
          test: {
            name: 'e2e',
            include: ['test/e2e/**/*.test.ts'],
            fileParallelism: false,
            testTimeout: 120_000,
          },
        },
      ],
    },
  }
})
