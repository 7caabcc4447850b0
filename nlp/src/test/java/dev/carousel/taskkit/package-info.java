/**
 * What every task must do, as tests that a task inherits. Read {@link dev.carousel.taskkit.TaskKit}
 * first.
 */
@NullMarked
package dev.carousel.taskkit;

import org.jspecify.annotations.NullMarked;
