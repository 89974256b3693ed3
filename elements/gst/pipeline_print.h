#pragma once

#include <gst/gst.h>

#include <string>

namespace firstframe {

/// What a pipeline is made of, as far as it decides the bytes that reach `element`: every other element with the properties
/// that are not at their defaults, and of every file or folder that a property names print_of_files() of what is read from it. The
/// same for two pipelines that were built alike; "" for an element outside a pipeline.
/// \throws MissingFileError when a file goes meanwhile
std::string print_of_pipeline_around(GstElement* element);

/// Whether a firstframerestore of the pipeline around `element` learns while it runs, instead of reading a model: it may learn
/// otherwise the next time.
bool trains_in_pipeline_around(GstElement* element);

}  // namespace firstframe
