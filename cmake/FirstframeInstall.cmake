# cmake --install: the libraries, their public headers, the package Firstframe, the command and the GStreamer plugin.
# The result may be moved: programs and libraries find each other by places relative to themselves.
include(CMakePackageConfigHelpers)

# Result: the headers of FOLDER... that a program can include without LibTorch, TBB, OpenCV or nlohmann-json, that is,
# those that meet none of them, themselves or through another of our headers.
function(firstframe_public_headers result)
  set(all "")
  foreach(folder ${ARGN})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/${folder}/*.h)
    list(APPEND all ${found})
  endforeach()
  set(public "")
  set(private_includes "#include <(torch|ATen|c10|tbb|opencv2|nlohmann)/")
  foreach(header ${all})
    file(STRINGS ${PROJECT_SOURCE_DIR}/${header} includes_${header} REGEX "^ *#include")
    if(NOT includes_${header} MATCHES "${private_includes}")
      list(APPEND public ${header})
    endif()
  endforeach()
  # A header that includes one of ours that is not public is not public either; repeated until nothing changes.
  set(before "")
  while(NOT before STREQUAL public)
    set(before ${public})
    foreach(header ${before})
      foreach(line ${includes_${header}})
        string(REGEX REPLACE ".*\"([^\"]+)\".*" "\\1" included ${line})
        if(included IN_LIST all AND NOT included IN_LIST public)
          list(REMOVE_ITEM public ${header})
        endif()
      endforeach()
    endforeach()
  endwhile()
  set(${result} ${public} PARENT_SCOPE)
endfunction()

set(folders core)
set(libraries firstframe_core)
if(TARGET firstframe_io)
  list(APPEND folders io)
  list(APPEND libraries firstframe_io)
endif()

firstframe_public_headers(headers ${folders})
foreach(header ${headers})
  get_filename_component(folder ${header} DIRECTORY)
  install(FILES ${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/firstframe/${folder})
endforeach()
install(FILES ${PROJECT_BINARY_DIR}/generated/core/base/version.h
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/firstframe/core/base)

# A LibTorch of one's own lies outside the system's folders: its place is remembered.
set_target_properties(${libraries} PROPERTIES INSTALL_RPATH "$ORIGIN" INSTALL_RPATH_USE_LINK_PATH ON)
install(TARGETS ${libraries} EXPORT FirstframeTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} NAMELINK_SKIP)
install(TARGETS ${libraries} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} NAMELINK_ONLY)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Firstframe)
install(EXPORT FirstframeTargets NAMESPACE firstframe:: DESTINATION ${package_folder})
if(TARGET firstframe_itk_filters)
  install(EXPORT FirstframeItkTargets NAMESPACE firstframe:: DESTINATION ${package_folder})
endif()
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/FirstframeConfig.cmake.in
  ${PROJECT_BINARY_DIR}/FirstframeConfig.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/FirstframeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/FirstframeConfig.cmake ${PROJECT_BINARY_DIR}/FirstframeConfigVersion.cmake
  DESTINATION ${package_folder})

if(TARGET firstframe_cli)
  install(TARGETS firstframe_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
if(TARGET gstfirstframe)
  # With the system's prefix this is where GStreamer looks; with another, set GST_PLUGIN_PATH to it.
  set_target_properties(gstfirstframe PROPERTIES INSTALL_RPATH "$ORIGIN/.." INSTALL_RPATH_USE_LINK_PATH ON)
  install(TARGETS gstfirstframe LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/gstreamer-1.0)
  install(FILES ${PROJECT_SOURCE_DIR}/elements/gst/presets/GstFirstframeRestore.prs
    DESTINATION ${CMAKE_INSTALL_DATADIR}/gstreamer-1.0/presets)
endif()

install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
