/**
 * What every kernel should compute, in double, as plain as its formula: the kit's own truth, which
 * shares no code with any backend. Read {@link dev.carousel.kit.oracle.Real} first.
 */
@NullMarked
package dev.carousel.kit.oracle;

import org.jspecify.annotations.NullMarked;
