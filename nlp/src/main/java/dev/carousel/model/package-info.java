/**
 * What models of every task share: training, provenance, weights on disk, evaluations for many
 * threads, batches for the device.
 *
 * <p>Read {@link dev.carousel.model.TaskTrainer} first. A task is a package of its own that uses
 * this one:
 *
 * <ul>
 *   <li>its settings are a {@link dev.carousel.model.TaskSettings};
 *   <li>its trainer extends {@link dev.carousel.model.TaskTrainer} and calls {@code run} with a
 *       {@link dev.carousel.train.Trainer}, then {@code provenance};
 *   <li>its configuration, a record, has a component {@code task} that names it, by which {@link
 *       dev.carousel.store.ModelDirectory#task} recognises a folder;
 *   <li>{@link dev.carousel.model.ModelWeights} writes and reads its parameters;
 *   <li>its models answer through an {@link dev.carousel.model.EvalPool}, so that they are safe for
 *       any number of threads;
 *   <li>how well it does is a {@link dev.carousel.eval.Measurement}.
 * </ul>
 */
@NullMarked
package dev.carousel.model;

import org.jspecify.annotations.NullMarked;
