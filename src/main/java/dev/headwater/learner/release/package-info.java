/**
 * Decides which version of a model serves: keeps versions, compares them on held-out images, gates
 * promotions, watches for regressions and carries commands out.
 */
package dev.headwater.learner.release;
