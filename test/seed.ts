import fc from 'fast-check'

/**
 * `npm test` gives every property the same cases each time, so that its verdict is about the code.
 * `METIS_SEED=random` looks for new ones, `METIS_SEED=<number>` repeats those of a seed.
 */
const chosen = process.env['METIS_SEED'] ?? '20261124'
if (chosen !== 'random') fc.configureGlobal({ seed: Number(chosen) })
