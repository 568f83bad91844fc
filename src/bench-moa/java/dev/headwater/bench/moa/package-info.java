/**
 * Lets classifiers of MOA take part in the benchmarks; MOA is under the GPL-3.0 and, with this
 * package, no part of what is shipped.
 */
package dev.headwater.bench.moa;
