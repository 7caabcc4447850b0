/**
 * The command line: one class per verb, and the flags that verbs share.
 *
 * <p>Read {@link dev.carousel.cli.Main} first. A verb reads its flags, calls a task and prints;
 * what it can do, a program can do with {@code dev.carousel.task} and the other tasks' packages.
 *
 * <p>A task joins with files of its own: a {@link dev.carousel.cli.ModelKind}, listed in {@link
 * dev.carousel.cli.ModelKinds}, by which {@code eval}, {@code predict} and {@code recipe} know it;
 * a {@link dev.carousel.cli.TrainingPlan}, the flags of its training, composed of {@link
 * dev.carousel.cli.TrainingFlags}, {@link dev.carousel.cli.RecurrentFlags}, {@link
 * dev.carousel.cli.DropoutFlags} and {@link dev.carousel.cli.TextFlags} with defaults of its own; a
 * {@link dev.carousel.cli.Training}, which the plan makes for one seed; and a {@link
 * dev.carousel.cli.TrainVerb}, listed in {@link dev.carousel.cli.TrainCommand}. Folders,
 * checkpoints, {@code --resume}, {@code --seeds}, logs, progress and JSON are then the same for
 * all. A recipe is a file in {@code recipes} with flags of that training.
 */
@NullMarked
package dev.carousel.cli;

import org.jspecify.annotations.NullMarked;
