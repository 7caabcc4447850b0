package dev.carousel.bench.run;

/**
 * What a library costs before it computes.
 *
 * @param contestant whose
 * @param threads with how many threads it was started
 * @param downloadBytes of all jars that Maven resolves for it
 * @param unpackedBytes of natives on disk after the first start; those that a library deletes at
 *     once are not counted
 * @param firstStartMicros from the start of the process to the first answer, nothing unpacked yet
 * @param peakBytes the most memory its process held, Linux's VmHWM; -1 where the system does not
 *     say
 */
public record Footprint(
    Contestant contestant,
    int threads,
    long downloadBytes,
    long unpackedBytes,
    double firstStartMicros,
    long peakBytes) {}
