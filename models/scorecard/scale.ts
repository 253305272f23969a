/** How log-odds become points: `score` points stand for odds of `odds` good to one bad, `pdo` points double them. */
export interface ScoreScale {
  readonly pdo: number
  readonly score: number
  readonly odds: number
}

/** Points for each unit of ln(odds). */
export const scaleFactor = ({ pdo }: ScoreScale): number => pdo / Math.LN2

/** The score at even odds. */
export const scaleOffset = (scale: ScoreScale): number =>
  scale.score - scaleFactor(scale) * Math.log(scale.odds)

/** @param logOdds ln of the odds of bad */
export const scoreOf = (logOdds: number, scale: ScoreScale): number =>
  scaleOffset(scale) - scaleFactor(scale) * logOdds

/** Probability of default, 0…1. */
export const probabilityOf = (score: number, scale: ScoreScale): number =>
  1 / (1 + Math.exp((score - scaleOffset(scale)) / scaleFactor(scale)))

/** Points of a bin before rounding: −(β·WoE + α/n)·factor + offset/n, where β and α model "bad" over n features. */
export const binPoints = (
  { woe, beta, alpha, features }: { woe: number; beta: number; alpha: number; features: number },
  scale: ScoreScale,
): number => -(beta * woe + alpha / features) * scaleFactor(scale) + scaleOffset(scale) / features
