/**
 * Just enough of the ONNX file format to hand recurrent networks to ONNX Runtime. Read {@link
 * dev.carousel.bench.onnx.RnnModel} first.
 */
@NullMarked
package dev.carousel.bench.onnx;

import org.jspecify.annotations.NullMarked;
