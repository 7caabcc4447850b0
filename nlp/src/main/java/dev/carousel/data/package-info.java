/**
 * Labelled text: reading it, splitting it and planning batches over it.
 *
 * <p>Read {@link dev.carousel.data.DataSet} first, then {@link dev.carousel.data.DataFormat} for
 * the file formats. Every failure of this package's readers is a {@link
 * dev.carousel.data.DataException} that names the file and the line.
 */
@NullMarked
package dev.carousel.data;

import org.jspecify.annotations.NullMarked;
