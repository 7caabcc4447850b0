/** What a run writes for people to read: tables and charts. */
@NullMarked
package dev.carousel.report;

import org.jspecify.annotations.NullMarked;
