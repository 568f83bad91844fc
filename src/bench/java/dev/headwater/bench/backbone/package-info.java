/** Opens the service's own backbone for those benchmarks that embed images. */
package dev.headwater.bench.backbone;
