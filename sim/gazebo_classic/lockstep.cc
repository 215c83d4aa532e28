// World plugin that hands Gazebo's clock to a client: blocks in WorldUpdateBegin until a request on a Unix socket says
// how far to go. The wire is described in PROTOCOL.md.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <gazebo/common/common.hh>
#include <gazebo/physics/physics.hh>
#include <gazebo/rendering/Camera.hh>
#include <gazebo/sensors/sensors.hh>

using gazebo::physics::CollisionPtr;
using gazebo::physics::JointPtr;
using gazebo::physics::LinkPtr;
using gazebo::physics::ModelPtr;
using ignition::math::Pose3d;
using ignition::math::Vector3d;

namespace {

enum Request : uint32_t { STEP = 1, MOVE = 2, SCAN = 3, PLACE = 4, FRAME = 5 };
struct Header { uint32_t kind, bytes; };
struct Target { double from_speed, from_turn, to_speed, to_turn; };
struct Motion { double x, y, yaw, speed, turn, left_rad, right_rad, left_rps, right_rps, z, tilt; };
struct Moved { double index, x, y, yaw, radius, seen; };
struct Placed { double robot, x, y, yaw, speed, turn; };

struct Robot {
  ModelPtr model;
  LinkPtr base;
  JointPtr left, right;
  gazebo::sensors::RaySensorPtr lidar;
  gazebo::sensors::CameraSensorPtr camera;
  gazebo::event::ConnectionPtr on_frame;
  std::mutex frame_lock;
  std::vector<unsigned char> frame;
  uint32_t frame_width = 0, frame_height = 0;
  double frame_at = -1.0;
};

[[noreturn]] void GiveUp(const std::string &why, int code) {
  std::cerr << "gangseo_lockstep: " << why << std::endl;
  _exit(code);  // not exit(): Gazebo's own threads would block it
}

}  // namespace

namespace gangseo {

class Lockstep : public gazebo::WorldPlugin {
 public:
  void Load(gazebo::physics::WorldPtr world, sdf::ElementPtr settings) override {
    world_ = world;
    separation_ = settings->Get<double>("wheel_separation");
    radius_ = settings->Get<double>("wheel_radius");
    torque_ = settings->Get<double>("wheel_torque");
    for (auto each = Child(settings, "robot"); each; each = each->GetNextElement("robot"))
      robot_names_.push_back(each->Get<std::string>());
    for (auto each = Child(settings, "moved"); each; each = each->GetNextElement("moved"))
      moved_names_.push_back(each->Get<std::string>());
    world_->Physics()->GetContactManager()->SetNeverDropContacts(true);
    Connect();
    on_update_ = gazebo::event::Events::ConnectWorldUpdateBegin([this](const gazebo::common::UpdateInfo &) { Update(); });
  }

 private:
  static sdf::ElementPtr Child(sdf::ElementPtr parent, const std::string &name) {
    return parent->HasElement(name) ? parent->GetElement(name) : sdf::ElementPtr();
  }

  void Connect() {
    const char *path = std::getenv("GANGSEO_LOCKSTEP_SOCKET");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (!path || std::strlen(path) >= sizeof(address.sun_path)) GiveUp("GANGSEO_LOCKSTEP_SOCKET is not set or too long", 2);
    std::strcpy(address.sun_path, path);
    socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(socket_, reinterpret_cast<sockaddr *>(&address), sizeof(address)) != 0)
      GiveUp(std::string("nobody listens on ") + path, 2);
  }

  // Runs before each physics step: finishes the step that was asked for, then serves requests until the next one.
  void Update() {
    if (robots_.empty()) Find();
    if (!Pictured()) return;
    NoteContacts();
    if (left_ == 0 && total_ > 0) AnswerStep();
    while (left_ == 0) Serve();
    const double share = static_cast<double>(total_ - left_ + 1) / total_;
    for (size_t k = 0; k < targets_.size(); ++k) {
      const Target &t = targets_[k];
      Drive(*robots_[k], t.from_speed + (t.to_speed - t.from_speed) * share, t.from_turn + (t.to_turn - t.from_turn) * share);
    }
    --left_;
  }

  void Find() {
    for (const auto &name : robot_names_) {
      auto robot = std::make_unique<Robot>();
      robot->model = world_->ModelByName(name);
      if (!robot->model) GiveUp("no model " + name, 2);
      robot->base = robot->model->GetLink("base_link");
      robot->left = robot->model->GetJoint("left_wheel_joint");
      robot->right = robot->model->GetJoint("right_wheel_joint");
      if (!robot->base || !robot->left || !robot->right) GiveUp(name + " lacks base_link or a wheel joint", 2);
      for (const auto &sensor : gazebo::sensors::SensorManager::Instance()->GetSensors()) {
        if (sensor->ParentName().rfind(name + "::", 0) != 0) continue;
        if (auto lidar = std::dynamic_pointer_cast<gazebo::sensors::RaySensor>(sensor)) robot->lidar = lidar;
        if (auto camera = std::dynamic_pointer_cast<gazebo::sensors::CameraSensor>(sensor)) robot->camera = camera;
      }
      if (!robot->lidar) GiveUp(name + " has no ray sensor", 2);
      if (robot->camera) Watch(*robot);
      for (const auto &joint : {robot->left, robot->right}) joint->SetParam("fmax", 0, torque_);
      robots_.push_back(std::move(robot));
    }
    for (const auto &name : moved_names_) {
      moved_.push_back(world_->ModelByName(name));
      if (!moved_.back()) GiveUp("no model " + name, 2);
      radii_.push_back(moved_.back()->GetLink("link")->GetCollisions()[0]->BoundingBox().XLength() / 2);
    }
  }

  // The scene of the renderer is filled by messages between world steps: the world turns at rest until every camera
  // has taken its first picture.
  bool Pictured() {
    if (pictured_) return true;
    usleep(1000);
    if (++waits_ > 120000) GiveUp("the cameras take no pictures", 2);
    for (auto &robot : robots_) {
      std::lock_guard<std::mutex> guard(robot->frame_lock);
      if (robot->camera && robot->frame_at < 0.0) return false;
    }
    return pictured_ = true;
  }

  void Watch(Robot &robot) {
    robot.camera->SetActive(true);
    robot.on_frame = robot.camera->Camera()->ConnectNewImageFrame(
        [this, &robot](const unsigned char *image, unsigned int width, unsigned int height, unsigned int, const std::string &) {
          std::lock_guard<std::mutex> guard(robot.frame_lock);
          robot.frame.assign(image, image + static_cast<size_t>(width) * height * 3);
          robot.frame_width = width;
          robot.frame_height = height;
          robot.frame_at = robot.camera->LastMeasurementTime().Double();
        });
  }

  void Drive(Robot &robot, double speed, double turn) {
    robot.left->SetParam("vel", 0, (speed - turn * separation_ / 2) / radius_);
    robot.right->SetParam("vel", 0, (speed + turn * separation_ / 2) / radius_);
  }

  void NoteContacts() {
    auto contacts = world_->Physics()->GetContactManager();
    for (unsigned int k = 0; k < contacts->GetContactCount(); ++k) {
      const auto contact = contacts->GetContact(k);
      const std::string one = contact->collision1->GetModel()->GetName(), two = contact->collision2->GetModel()->GetName();
      if (IsRobot(one)) touched_.insert(one + "\t" + two);
      if (IsRobot(two)) touched_.insert(two + "\t" + one);
    }
  }

  bool IsRobot(const std::string &name) const {
    return std::find(robot_names_.begin(), robot_names_.end(), name) != robot_names_.end();
  }

  void AnswerStep() {
    std::vector<char> answer(sizeof(Motion) * robots_.size());
    for (size_t k = 0; k < robots_.size(); ++k) {
      const Motion motion = Now(*robots_[k]);
      std::memcpy(answer.data() + k * sizeof(Motion), &motion, sizeof(Motion));
    }
    for (const auto &pair : touched_) {
      answer.insert(answer.end(), pair.begin(), pair.end());
      answer.push_back('\n');
    }
    touched_.clear();
    total_ = 0;
    Answer(answer);
  }

  static Motion Now(const Robot &robot) {
    const Pose3d pose = robot.base->WorldPose();
    const Vector3d velocity = robot.base->RelativeLinearVel();
    const Vector3d up = pose.Rot().RotateVector(Vector3d::UnitZ);
    return {pose.Pos().X(), pose.Pos().Y(), pose.Rot().Yaw(), velocity.X(), robot.base->WorldAngularVel().Z(),
            robot.left->Position(0), robot.right->Position(0), robot.left->GetVelocity(0), robot.right->GetVelocity(0),
            pose.Pos().Z(), std::acos(std::min(1.0, up.Z()))};
  }

  void Serve() {
    Header header{};
    Receive(&header, sizeof(header));
    payload_.resize(header.bytes);
    Receive(payload_.data(), header.bytes);
    switch (header.kind) {
      case STEP: return Begin();
      case MOVE: return Move();
      case SCAN: return Scan();
      case PLACE: return Place();
      case FRAME: return Frame();
      default: GiveUp("unknown request " + std::to_string(header.kind), 2);
    }
  }

  void Begin() {
    double iterations = 0;
    targets_.resize(robots_.size());
    if (payload_.size() != sizeof(double) + targets_.size() * sizeof(Target)) GiveUp("malformed STEP", 2);
    std::memcpy(&iterations, payload_.data(), sizeof(double));
    std::memcpy(targets_.data(), payload_.data() + sizeof(double), targets_.size() * sizeof(Target));
    total_ = left_ = static_cast<uint32_t>(iterations);
    if (total_ == 0) AnswerStep();
  }

  void Move() {
    for (const Moved &each : Rows<Moved>()) {
      const size_t index = static_cast<size_t>(each.index);
      if (index >= moved_.size()) GiveUp("MOVE of an unknown body", 2);
      if (each.radius > 0.0 && std::abs(each.radius - radii_[index]) > 1e-9) {
        moved_[index]->SetScale(Vector3d(each.radius / FirstRadius(index), each.radius / FirstRadius(index), 1.0), true);
        radii_[index] = each.radius;
      }
      moved_[index]->SetWorldPose(Pose3d(each.x, each.y, each.seen > 0.0 ? 0.0 : -20.0, 0, 0, each.yaw));
    }
    Answer({});
  }

  double FirstRadius(size_t index) {
    while (first_radii_.size() <= index) first_radii_.push_back(radii_[first_radii_.size()]);
    return first_radii_[index];
  }

  void Place() {
    for (const Placed &each : Rows<Placed>()) {
      Robot &robot = Of(each.robot);
      robot.model->ResetPhysicsStates();
      robot.model->SetWorldPose(Pose3d(each.x, each.y, 0.0, 0, 0, each.yaw));
      const Vector3d ahead(std::cos(each.yaw), std::sin(each.yaw), 0.0), spin(0, 0, each.turn);
      for (const auto &link : robot.model->GetLinks()) {
        link->SetLinearVel(ahead * each.speed + spin.Cross(link->WorldCoGPose().Pos() - robot.base->WorldPose().Pos()));
        link->SetAngularVel(spin);
      }
      Roll(robot.left, (each.speed - each.turn * separation_ / 2) / radius_, spin);
      Roll(robot.right, (each.speed + each.turn * separation_ / 2) / radius_, spin);
    }
    Answer({});
  }

  static void Roll(const JointPtr &joint, double rate, const Vector3d &spin) {
    joint->GetChild()->SetAngularVel(spin + joint->GlobalAxis(0) * rate);
  }

  // The rays of a robot's lidar, cast now; its own body is taken out of their sight meanwhile.
  void Scan() {
    Robot &robot = Of(Rows<double>().at(0));
    Sight(robot, false);
    auto rays = robot.lidar->LaserShape();
    rays->Update();
    Sight(robot, true);
    std::vector<double> ranges(rays->GetSampleCount() * rays->GetScanResolution());
    for (size_t k = 0; k < ranges.size(); ++k) ranges[k] = rays->GetRange(k);
    std::vector<char> answer(ranges.size() * sizeof(double));
    std::memcpy(answer.data(), ranges.data(), answer.size());
    Answer(answer);
  }

  static void Sight(Robot &robot, bool seen) {
    for (const auto &link : robot.model->GetLinks())
      for (const auto &collision : link->GetCollisions()) {
        collision->SetCategoryBits(seen ? GZ_ALL_COLLIDE : GZ_SENSOR_COLLIDE);
        collision->SetCollideBits(seen ? GZ_ALL_COLLIDE : 0);
      }
  }

  void Frame() {
    Robot &robot = Of(Rows<double>().at(0));
    std::lock_guard<std::mutex> guard(robot.frame_lock);
    const double head[3] = {robot.frame_at, static_cast<double>(robot.frame_width), static_cast<double>(robot.frame_height)};
    std::vector<char> answer(sizeof(head) + robot.frame.size());
    std::memcpy(answer.data(), head, sizeof(head));
    std::copy(robot.frame.begin(), robot.frame.end(), answer.begin() + sizeof(head));
    Answer(answer);
  }

  Robot &Of(double index) {
    if (index < 0 || index >= robots_.size()) GiveUp("request for an unknown robot", 2);
    return *robots_[static_cast<size_t>(index)];
  }

  template <typename Row>
  std::vector<Row> Rows() const {
    std::vector<Row> rows(payload_.size() / sizeof(Row));
    std::memcpy(rows.data(), payload_.data(), rows.size() * sizeof(Row));
    return rows;
  }

  void Receive(void *into, size_t bytes) {
    for (char *at = static_cast<char *>(into); bytes > 0;) {
      const ssize_t got = recv(socket_, at, bytes, 0);
      if (got <= 0) GiveUp("the client has gone", 0);
      at += got;
      bytes -= got;
    }
  }

  void Answer(const std::vector<char> &payload) {
    const uint32_t bytes = payload.size();
    std::vector<char> whole(sizeof(bytes) + payload.size());
    std::memcpy(whole.data(), &bytes, sizeof(bytes));
    std::copy(payload.begin(), payload.end(), whole.begin() + sizeof(bytes));
    for (size_t sent = 0; sent < whole.size();) {
      const ssize_t now = send(socket_, whole.data() + sent, whole.size() - sent, MSG_NOSIGNAL);
      if (now <= 0) GiveUp("the client has gone", 0);
      sent += now;
    }
  }

  gazebo::physics::WorldPtr world_;
  gazebo::event::ConnectionPtr on_update_;
  std::vector<std::string> robot_names_, moved_names_;
  std::vector<std::unique_ptr<Robot>> robots_;
  std::vector<ModelPtr> moved_;
  std::vector<double> radii_, first_radii_;
  std::vector<Target> targets_;
  std::set<std::string> touched_;
  std::vector<char> payload_;
  double separation_ = 0, radius_ = 0, torque_ = 0;
  uint32_t total_ = 0, left_ = 0, waits_ = 0;
  bool pictured_ = false;
  int socket_ = -1;
};

GZ_REGISTER_WORLD_PLUGIN(Lockstep)

}  // namespace gangseo
