import { main } from '#engine/cli/main.ts'

// The command line as a process of its own, from the sources.
process.exitCode = await main(process.argv.slice(2))
