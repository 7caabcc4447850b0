package dev.carousel.autograd;

/**
 * What a recurrent network gives.
 *
 * @param y [T, N, D·stateSize], zero beyond a row's length
 * @param last the state after each row's last step
 */
public record Recurrence(Var y, StateVar last) {}
