import { describe, expect, it } from 'vitest'
import { binPoints, probabilityOf, scaleFactor, scaleOffset, scoreOf } from './scale.ts'

const scale = { pdo: 20, score: 600, odds: 50 }

describe('score scale', () => {
  it('20 points to double the odds, 600 at 50:1: factor 28.8539, offset 487.1229', () => {
    expect(scaleFactor(scale)).toBeCloseTo(28.8539, 4)
    expect(scaleOffset(scale)).toBeCloseTo(487.1229, 4)
  })

  it('odds of 100:1 are 620 points, 25:1 are 580', () => {
    expect(scoreOf(-Math.log(100), scale)).toBeCloseTo(620, 9)
    expect(scoreOf(-Math.log(25), scale)).toBeCloseTo(580, 9)
  })

  it('the probability is that of the odds: 600 points are 1 in 51', () => {
    expect(probabilityOf(600, scale)).toBeCloseTo(1 / 51, 12)
  })

  it('the points of the bins sum to the score of the log-odds', () => {
    const [alpha, betas, woes] = [-2.5, [-0.9, -0.4, -1.1], [0.7, -0.3, 0.15]]
    const logOdds = betas.reduce((sum, beta, at) => sum + beta * (woes[at] as number), alpha)
    const points = betas.map((beta, at) =>
      binPoints({ woe: woes[at] as number, beta, alpha, features: 3 }, scale),
    )
    expect(points.reduce((sum, point) => sum + point, 0)).toBeCloseTo(scoreOf(logOdds, scale), 9)
  })
})
