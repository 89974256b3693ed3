set(DOCUMENTATION "Trains a small network on one degraded image and its clean counterpart, in seconds, and restores other images and
volumes slice by slice with it, tile by tile, streaming.")

itk_module(Firstframe
  ENABLE_SHARED
  DEPENDS
    ITKCommon
  TEST_DEPENDS
    ITKTestKernel
  DESCRIPTION "${DOCUMENTATION}"
  EXCLUDE_FROM_DEFAULT)
