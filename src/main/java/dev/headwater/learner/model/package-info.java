/**
 * What is remembered of a model from one input to the next, as records, and the inputs, outputs and
 * settings of its learner; nothing here decides.
 */
package dev.headwater.learner.model;
