/** Turns pixels into embeddings without exposing an inference engine to callers. */
package dev.headwater.backbone;
