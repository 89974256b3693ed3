#!/usr/bin/python3
"""PSNR and SSIM of two pictures made by a formula, by an independent implementation.

Prints the numbers that psnr_test.cpp and ssim_test.cpp hold. On Debian 12:
    apt-get install python3-skimage && /usr/bin/python3 tests/core/metrics/reference_values.py
Printed by scikit-image 0.19.3 with numpy 1.24.2.
"""
import numpy
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

ROWS, COLS = 37, 52
R, C = numpy.mgrid[0:ROWS, 0:COLS]


def clean(channel):
    """Stripes of 8-bit values; the same arithmetic in integers as formula_picture.h."""
    return (R * 7 + C * 3 + (R * C) // 5 + 40 * channel) % 256


def degraded(channel):
    """The clean picture with a pattern of errors between -20 and +20, kept within 0..255."""
    return numpy.clip(clean(channel) + (R * 13 + C * 29 + 11 * channel) % 41 - 20, 0, 255)


def full_luma(picture):
    return 0.299 * picture[0] + 0.587 * picture[1] + 0.114 * picture[2]


def studio_luma(picture):
    """MATLAB's rgb2ycbcr on 0..255, not rounded."""
    return 16 + (65.481 * picture[0] + 128.553 * picture[1] + 24.966 * picture[2]) / 255


def psnr(a, b):
    return peak_signal_noise_ratio(a, b, data_range=255)


def ssim(a, b):
    return structural_similarity(a / 255.0, b / 255.0, data_range=1, gaussian_weights=True, sigma=1.5,
                                 use_sample_covariance=False)


grey, grey_degraded = clean(0).astype(float), degraded(0).astype(float)
colour = numpy.stack([clean(c) for c in range(3)]).astype(float)
colour_degraded = numpy.stack([degraded(c) for c in range(3)]).astype(float)
print(f"grey   PSNR {psnr(grey, grey_degraded):.10f}")
print(f"colour PSNR {psnr(colour, colour_degraded):.10f}")
print(f"full-range luma PSNR {psnr(full_luma(colour), full_luma(colour_degraded)):.10f}")
print(f"studio luma PSNR {psnr(studio_luma(colour), studio_luma(colour_degraded)):.10f}")
print(f"grey   SSIM {ssim(grey, grey_degraded):.10f}")
print(f"luma   SSIM {ssim(full_luma(colour), full_luma(colour_degraded)):.10f}")
