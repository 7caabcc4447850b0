/** What the machine allows. Read {@link dev.carousel.bench.peer.ceiling.CeilingPeer} first. */
@NullMarked
package dev.carousel.bench.peer.ceiling;

import org.jspecify.annotations.NullMarked;
