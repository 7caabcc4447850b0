/**
 * What was measured, as a table, CSV, Markdown and a picture. Read {@link
 * dev.carousel.bench.report.ReportFolder} first.
 */
@NullMarked
package dev.carousel.bench.report;

import org.jspecify.annotations.NullMarked;
