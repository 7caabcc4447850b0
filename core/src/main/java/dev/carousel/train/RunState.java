package dev.carousel.train;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of a training between two optimizer steps, in host memory.
 *
 * @param values of the parameters
 * @param noiseStep what dropout draws its bits by
 * @param frozen names of the parameters that are frozen in the running epoch, sorted
 * @param batches of the running epoch, to notice that the data is another
 * @param bestValues those of the best evaluation, null before it or without a selection
 * @param carried from batch to batch, null for nothing
 * @param average of the parameters, null without one
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one owner to the next, never compared
record RunState(
    float[] values,
    Optimizer.State optimizer,
    LossMeter.State loss,
    int noiseStep,
    Progress progress,
    List<String> frozen,
    int batches,
    float @Nullable [] bestValues,
    float @Nullable [] carried,
    ParameterAverage.@Nullable State average) {}
