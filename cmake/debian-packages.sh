# The Debian 12 packages that Firstframe needs, and a function that installs those that are missing.
# Sourced by tests/run.sh and examples/demo.sh.

FIRSTFRAME_BUILD_PACKAGES=(
  git cmake ninja-build g++ pkg-config ccache
  libtorch-dev libopenblas0-openmp libtbb-dev
  libopencv-dev nlohmann-json3-dev libcli11-dev libplplot-dev libtiff-dev zlib1g-dev libxxhash-dev
  libinsighttoolkit5-dev libdouble-conversion-dev libsegyio-dev
  libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev
)
FIRSTFRAME_RUN_PACKAGES=(
  gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-libav gstreamer1.0-plugins-ugly
  plplot-driver-cairo
)
FIRSTFRAME_TEST_PACKAGES=(libgtest-dev libgmock-dev gstreamer1.0-opencv)

# firstframe_install PACKAGE...: asks apt for those that are not installed, and for nothing when none is missing.
firstframe_install() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "installing: ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "these packages are missing and sudo is too; as root: apt-get install ${missing[*]}" >&2; return 69; }
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
