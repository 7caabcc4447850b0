/**
 * Carousel as a peer, through its public interface; and its reference backend in double precision,
 * which judges all peers. Read {@link dev.carousel.bench.own.CarouselPeer} first.
 */
@NullMarked
package dev.carousel.bench.own;

import org.jspecify.annotations.NullMarked;
