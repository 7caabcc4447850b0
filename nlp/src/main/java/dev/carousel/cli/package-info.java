/**
 * The command line: one class per verb, and the flags that verbs share.
 *
 * <p>Read {@link dev.carousel.cli.Main} first. A verb reads its flags, calls a task and prints;
 * what it can do, a program can do with {@code dev.carousel.task}.
 */
@NullMarked
package dev.carousel.cli;

import org.jspecify.annotations.NullMarked;
