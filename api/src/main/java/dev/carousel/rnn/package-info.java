/**
 * What a recurrent network is: its cell, its sizes, where its weights lie, what its sequences look
 * like. Read {@link dev.carousel.rnn.RnnSpec} first.
 */
@NullMarked
package dev.carousel.rnn;

import org.jspecify.annotations.NullMarked;
