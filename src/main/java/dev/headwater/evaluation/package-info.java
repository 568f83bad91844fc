/** Counts how often predictions were right, over all examples, a recent window, and each domain. */
package dev.headwater.evaluation;
